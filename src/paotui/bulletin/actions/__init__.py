"""What changes bulletins and editions; each action is one transaction with its ledger entry."""
