"""What no plan of a problem can cost less than, proven, and how far a plan may be from the best.

- `relaxation`: the problem with most rules left out; `money`: back to amounts that are never overstated
- `assignment`: the bound that is always there and costs next to nothing; `stating` puts it into plans
- `generation`, with `master`, `pricing` and the kernel: relaxed routes by column generation
- `enumeration`: all routes a better plan could be made of, and the best plan of them: small problems are proven
- `whole`: all of it in turn, for as long as somebody is willing to wait
"""
