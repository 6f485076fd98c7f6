handbook.part("person press")
