"""References that people bring along and take away: BibTeX, BibLaTeX, RIS and CSL-JSON, in and out."""
