"""How a claim stands, from what was said for and against it. Pure: no Django, no database, no recursion.

`semantics` holds the formulas, `graph` applies them to a whole debate or to one claim. On these stand `words` (what the
reader sees), `removal` and `change` (why, and what would change it) and `labels` (what is left to answer). `opinion`,
`bridge` and `wilson` count people rather than arguments and are never mixed into a strength.
"""
