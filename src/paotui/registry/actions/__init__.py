"""What may be changed in the registry, one module per noun; each action is one transaction with its ledger entry."""
