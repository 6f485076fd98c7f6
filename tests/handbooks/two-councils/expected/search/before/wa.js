part("answered answers asked")
