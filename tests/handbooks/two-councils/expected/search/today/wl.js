handbook.part("leader localism")
