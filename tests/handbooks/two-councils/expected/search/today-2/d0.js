handbook.part([["Information","","","../topics/information/",[["","","What councillors may ask of officers. What may be asked? How soon is it answered?"]],[],1,""]])
