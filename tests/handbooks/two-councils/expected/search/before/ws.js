handbook.part("soon speaks")
