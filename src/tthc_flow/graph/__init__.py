"""The flow as a graph: views, dominators, paths, hand-overs, and its rewrites."""
