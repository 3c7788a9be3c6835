"""tthc_flow: administrative procedures as BPMN, read, measured, made lighter and proven.

The front door is filled verb by verb; see ``docs/map.md``.
"""
