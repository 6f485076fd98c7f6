part("policy press")
