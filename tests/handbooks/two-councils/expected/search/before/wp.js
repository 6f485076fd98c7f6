part("person press")
