"""Let programs read what stands in lists: debates, arguments, sources and tags as JSON, described in OpenAPI."""
