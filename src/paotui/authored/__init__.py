"""What people write as YAML, read with its lines and refused with sentences: playbooks and policies are such texts.

Pure, and below both languages: `source` reads YAML exactly (decimals, dates, lines), `base` has what models of a
language are made of, `shape` turns errors of shape into `errors.Problem`s with file, line, path and remedy, `suggest`
guesses what was meant, `jsonschema` describes a language to editors.
"""
