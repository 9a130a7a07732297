"""The playbook language: what has to be done, by whom, by when, proven how, as data.

A playbook is a YAML file; `schema` says what it may hold. What one does with it, in this order:

- `loader.load` reads the text; `lint.lint` finds what cannot work; `diagram.mermaid` draws it; `wording` says it.
- `preview.preview` and `burden.burden` say what it would cost; `expand.expand` plans the work of a launch on a roster.
- `values.parse` checks what is recorded; `follow` says what a record releases or brings into being.
- `quotas.standing` tells who is behind; `figures.evaluate` counts what is published, with everything it counted.
- `cases.run` tests a playbook against examples written beside it; `catalogue` finds the shipped ones.

Pure: no framework, no clock, no file that was not given (`catalogue` reads the package's own library). Moments carry a
time zone, money is Decimal, and errors are `errors.Problem`s: file, line, path, message and what to do.
"""
