"""Describe works in the world: the record, its identifiers, its plain rendering. No Django here."""
