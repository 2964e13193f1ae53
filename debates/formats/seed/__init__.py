"""Read seeds: debates as YAML, checked; an error names file, line, field and what was expected.

`yaml_file` reads one file with its lines, `schema` checks its shape, `debate` turns it into an outline, `together` reads many
and checks what they say of each other; `faults` says what is wrong.
"""
