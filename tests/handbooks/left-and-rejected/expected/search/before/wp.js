handbook.part("policy press")
