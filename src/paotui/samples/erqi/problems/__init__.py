"""Planning problems of the sample district, made from its spreadsheets."""
