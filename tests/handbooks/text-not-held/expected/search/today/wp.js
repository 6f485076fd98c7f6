part("press public")
