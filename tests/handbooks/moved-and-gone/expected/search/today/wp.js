handbook.part("press public")
