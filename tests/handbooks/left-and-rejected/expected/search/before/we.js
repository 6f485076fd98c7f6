handbook.part("each")
