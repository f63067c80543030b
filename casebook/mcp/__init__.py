"""/mcp: published prompts and the search for AI programs, by the Model Context Protocol (docs/mcp.md).

view.py is Django's side and loads the rest at the first call, as the SDK takes long to load.
"""
