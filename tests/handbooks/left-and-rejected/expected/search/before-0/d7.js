handbook.part([["Clause 3","Gifts","text adopted 14 May 2020","../authorities/ashby/protocol/2020/#clause-3",[["","","Gifts of the press are returned."]],[],0,"The press"]])
