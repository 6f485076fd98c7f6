part("take transparent")
