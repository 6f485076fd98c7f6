part("cases council councillor councillors")
