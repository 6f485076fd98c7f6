part("days")
