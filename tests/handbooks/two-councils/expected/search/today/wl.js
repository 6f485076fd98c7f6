part("leader localism")
