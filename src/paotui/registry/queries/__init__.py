"""What may be asked of the registry, one module per noun; nothing here changes anything."""
