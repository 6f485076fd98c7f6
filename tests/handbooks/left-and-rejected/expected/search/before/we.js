part("each")
