part("manner member monitoring")
