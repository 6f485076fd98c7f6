part("soon speaks")
