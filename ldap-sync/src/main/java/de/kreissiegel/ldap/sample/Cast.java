package de.kreissiegel.ldap.sample;

/**
 * The people that the story is told with: the same in every sample district.
 *
 * @param applicant a member of staff of the Stadt Haßfurt
 * @param secondApplicant another one there
 * @param officer a registration officer of the Stadt Haßfurt
 * @param secondOfficer the other one there
 * @param foreignOfficer the registration officer of the Stadt Ebern
 * @param leadOfficer appoints registration officers for the whole district; of the Landratsamt
 * @param secondLeadOfficer the other one there
 * @param auditor an auditor of the district, of the Landratsamt
 * @param withoutMail of the Stadt Haßfurt, has no mail address
 * @param ofTwoHouses works for Königsberg i.Bay. and for Hofheim i.UFr.
 * @param disabled of the Stadt Haßfurt, may not log in
 */
public record Cast(
    SamplePerson applicant,
    SamplePerson secondApplicant,
    SamplePerson officer,
    SamplePerson secondOfficer,
    SamplePerson foreignOfficer,
    SamplePerson leadOfficer,
    SamplePerson secondLeadOfficer,
    SamplePerson auditor,
    SamplePerson withoutMail,
    SamplePerson ofTwoHouses,
    SamplePerson disabled) {}
