/** What a section looks like: code, the same in every language, shown in comments of the files that are written. */
export const sectionExamples = {
  datasets: `  results:
    subjects: [pupil]
    categories: [education.results, education.school]
    secrecy: discretion
    identifiability: pseudonymised`,
  flows: `flows:
  - {id: entry, from: schools, to: platform, datasets: [results], frequency: systematic}`,
  activities: `activities:
  assessment:
    controller: controller
    purposes: [education.assessment]
    datasets: [results]
    legal_basis: gdpr.6.1.e`,
  sources: `sources:
  - aws: {profile: audit}
  - s3: {endpoint: "https://s3.gra.io.cloud.ovh.net", provider: ovhcloud}
  - terraform: {plan: plan.json, root: infra}`,
  waivers: `  - rule: LOC-01
    subject: results@platform
    reason: "…"
    approved_by: "…"
    expires: 2027-03-31`,
} as const;
