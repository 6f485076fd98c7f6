handbook.part([["Clause 4","The press","text put to the Council on 4 March 2025","../authorities/ashby/protocol/2025-proposed/#clause-4",[["","","Each interview is noted."]],[],0,"The press"]])
