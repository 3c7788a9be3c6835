"""Pictures of a flow: SVG in pure Python, heat, differences."""
