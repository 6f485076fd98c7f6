handbook.part("cases council councillor councillors")
