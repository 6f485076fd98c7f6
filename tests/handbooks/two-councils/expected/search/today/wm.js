handbook.part("manner member monitoring")
