// Generated from manifest-v1.schema.json by scripts/schema.ts: do not edit.

/**
 * A text, or one in each language.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "title".
 */
export type Title =
  | string
  | {
      fr?: string;
      en?: string;
    };
/**
 * Asked, and nobody could say.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "unknown".
 */
export type Unknown = "unknown";
/**
 * A date: 2016, 2018-09 or 2018-09-26.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "partial_date".
 */
export type PartialDate = string;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "no".
 */
export type No = false;
/**
 * A country: ISO 3166-1, two capital letters.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "country".
 */
export type Country = string;
/**
 * Where something is declared to be.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "place".
 */
export type Place =
  | {
      /**
       * A provider of the catalog.
       */
      provider: string | Unknown;
      /**
       * Its region code.
       */
      region?: string | Unknown;
    }
  | {
      /**
       * The country.
       */
      country: Country | Unknown;
    }
  | {
      /**
       * The countries.
       */
      countries: (Country | Unknown)[] | Unknown;
      /**
       * False when there may be others.
       */
      complete?: boolean | Unknown;
    };
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_flag".
 */
export type MaybeFlag = boolean | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_text".
 */
export type MaybeText = string | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_text_or_none".
 */
export type MaybeTextOrNone = string | No | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_name".
 */
export type MaybeName = string | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_name_or_none".
 */
export type MaybeNameOrNone = string | No | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_date".
 */
export type MaybeDate = PartialDate | Unknown;
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "maybe_date_or_none".
 */
export type MaybeDateOrNone = PartialDate | No | Unknown;

/**
 * Data-flow manifest of Bercail (manifest/v1): who holds which data about pupils and staff, where, for what. Any value may be the word unknown: asked, and nobody could say.
 */
export interface Manifest {
  /**
   * The format of this file.
   */
  bercail: "manifest/v1";
  /**
   * Name of this manifest, unique in a run.
   */
  id: string;
  /**
   * What people call it.
   */
  title?: Title | Unknown;
  /**
   * The day that this describes. It does not set the day of an audit.
   */
  as_of?: PartialDate | Unknown;
  /**
   * Legal entities, by name. DPV: dpv:LegalEntity.
   */
  organisations?:
    | {
        [k: string]: Organisation | never;
      }
    | never;
  /**
   * Data, by name. DPV: dpv:Data.
   */
  datasets?:
    | {
        [k: string]: Dataset | never;
      }
    | never;
  /**
   * What holds or works on data, by name. DPV: dpv:Technology.
   */
  assets?:
    | {
        [k: string]: Asset | never;
      }
    | never;
  /**
   * Data that moves.
   */
  flows?: Flow[] | never;
  /**
   * Processing activities, by name.
   */
  activities?:
    | {
        [k: string]: Activity | never;
      }
    | never;
  /**
   * What people say about the data.
   */
  claims?: Claim[] | never;
  /**
   * Signed answers to what no machine can see.
   */
  attestations?: Attestation[] | never;
}
/**
 * A legal entity: controller, processor, sub-processor, recipient.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "organisation".
 */
export interface Organisation {
  /**
   * Its legal name. Required, unless `provider` names a provider of the catalog.
   */
  name?: string | Unknown;
  /**
   * Key of a provider of the catalog: its name, seat, owners, exposure and offers come from there.
   */
  provider?: string | Unknown;
  /**
   * Its part in the processing.
   */
  role: "controller" | "joint_controller" | "processor" | "sub_processor" | "recipient" | "authority" | "unknown";
  /**
   * The organisation that engaged it; false: nobody did.
   */
  engaged_by?: string | No | Unknown;
  /**
   * What it is.
   */
  kind?: "public_body" | "company" | "association" | "individual" | "unknown";
  /**
   * For a public body: its level.
   */
  public_level?: "state" | "operator" | "local" | "school" | "unknown";
  /**
   * The country of its seat.
   */
  seat?: Country | Unknown;
  /**
   * Its data protection officer; false: none. DPV: dpv:DataProtectionOfficer.
   */
  dpo?:
    | {
        /**
         * How to reach them.
         */
        contact?: string | No | Unknown;
      }
    | No
    | Unknown;
  /**
   * Its ultimate parent; false: none. For a provider of the catalog it comes from there.
   */
  owner?:
    | {
        /**
         * Its name.
         */
        name?: string | Unknown;
        /**
         * The country of its seat.
         */
        country?: Country | Unknown;
      }
    | No
    | Unknown;
  /**
   * Its postal address. DPV: dpv:hasAddress.
   */
  address?: string | No | Unknown;
  /**
   * GDPR 28(2): the date or the document that authorised this sub-processor; false: none did.
   */
  authorised?: string | No | Unknown;
  /**
   * The processing contract; false: there is none.
   */
  contract?:
    | {
        /**
         * Its number or title.
         */
        reference?: string | No | Unknown;
        /**
         * When it was signed; false: it is not.
         */
        signed?: PartialDate | No | Unknown;
        /**
         * The country whose law governs it.
         */
        governing_law?: Country | No | Unknown;
        /**
         * The country whose courts decide.
         */
        courts?: Country | No | Unknown;
        /**
         * How it was awarded; false: there was no tender.
         */
        tender?:
          | {
              /**
               * Whether there was a tender.
               */
              held?: boolean | Unknown;
              /**
               * Whether sovereignty or place was weighed.
               */
              sovereignty_criterion?: boolean | Unknown;
              /**
               * Whether getting the data back was weighed.
               */
              reversibility_criterion?: boolean | Unknown;
            }
          | No
          | Unknown;
        /**
         * Address of the award notice or essential data; false: not published.
         */
        published?: string | No | Unknown;
        /**
         * The clauses of GDPR 28(3); false: none of them.
         */
        clauses?:
          | {
              /**
               * GDPR 28(3)(a): processing only on documented instructions.
               */
              instructions?: boolean | Unknown;
              /**
               * GDPR 28(3)(b): persons bound to confidentiality.
               */
              confidentiality?: boolean | Unknown;
              /**
               * GDPR 28(3)(c): the measures of article 32.
               */
              security?: boolean | Unknown;
              /**
               * GDPR 28(3)(d): conditions for engaging another processor.
               */
              sub_processing?: boolean | Unknown;
              /**
               * GDPR 28(3)(e): help to answer requests from data subjects.
               */
              rights_assistance?: boolean | Unknown;
              /**
               * GDPR 28(3)(f): help with security, breaches and impact assessments.
               */
              compliance_assistance?: boolean | Unknown;
              /**
               * GDPR 28(3)(g): return or deletion at the end.
               */
              return_or_deletion?: boolean | Unknown;
              /**
               * GDPR 28(3)(h): information and audits.
               */
              audit?: boolean | Unknown;
            }
          | No
          | Unknown;
        /**
         * No use for its own purposes, product or model training.
         */
        own_use_prohibited?: boolean | Unknown;
        /**
         * It must challenge orders from third countries (GDPR 48).
         */
        challenge_foreign_orders?: boolean | Unknown;
      }
    | No
    | Unknown;
  /**
   * What was checked before engaging it; false: nothing.
   */
  due_diligence?:
    | {
        /**
         * When.
         */
        dated?: PartialDate | No | Unknown;
        /**
         * Breaches, fines, judgments that are known.
         */
        adverse_events?: string[] | never | Unknown;
      }
    | No
    | Unknown;
  /**
   * What it does when data leaks; false: nothing is written. DPV: dpv:DataBreachNotice.
   */
  breach_procedure?:
    | {
        /**
         * For a processor: it warns the controller without undue delay.
         */
        notifies_controller?: boolean | Unknown;
        /**
         * For a controller: it notifies the authority within 72 hours.
         */
        within_72h?: boolean | Unknown;
      }
    | No
    | Unknown;
  /**
   * What transfers to it rest on; false: nothing.
   */
  transfer?:
    | {
        /**
         * The tool.
         */
        tool?: "none" | "scc" | "bcr" | "derogation" | "unknown";
        /**
         * When the transfer impact assessment was made. DPV: dpv:DataTransferImpactAssessment.
         */
        tia?: PartialDate | "none" | Unknown;
        /**
         * Supplementary measures. DPV: eu-gdpr:SupplementaryMeasure.
         */
        measures?: string[] | never | Unknown;
        /**
         * For a derogation: the ground of article 49.
         */
        ground?:
          | "none"
          | "gdpr.49.1.a"
          | "gdpr.49.1.b"
          | "gdpr.49.1.c"
          | "gdpr.49.1.d"
          | "gdpr.49.1.e"
          | "gdpr.49.1.f"
          | "gdpr.49.1.g"
          | "gdpr.49.1.compelling"
          | "unknown";
      }
    | never
    | Unknown;
  /**
   * Certifications of the organisation itself.
   */
  certifications?:
    | {
        /**
         * Its scheme: dpf, privacy_shield, safe_harbour, pipeda, appi, secnumcloud, hds…
         */
        scheme: string | Unknown;
        /**
         * First day.
         */
        from?: PartialDate | Unknown;
        /**
         * Last day; null: no end is set.
         */
        to?: PartialDate | null | Unknown;
      }[]
    | never
    | Unknown;
  /**
   * Its offers: qualifications belong to an offer, not to a company.
   */
  offers?:
    | {
        [k: string]:
          | {
              /**
               * Its qualifications.
               */
              qualifications?:
                | {
                    /**
                     * Its scheme: dpf, privacy_shield, safe_harbour, pipeda, appi, secnumcloud, hds…
                     */
                    scheme: string | Unknown;
                    /**
                     * First day.
                     */
                    from?: PartialDate | Unknown;
                    /**
                     * Last day; null: no end is set.
                     */
                    to?: PartialDate | null | Unknown;
                  }[]
                | never
                | Unknown;
            }
          | Unknown;
      }
    | never
    | Unknown;
}
/**
 * Data with its subjects, categories and secrecy.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "dataset".
 */
export interface Dataset {
  /**
   * What people call it.
   */
  title?: Title | Unknown;
  /**
   * Whom it is about. DPV: dpv:DataSubject.
   */
  subjects: ("pupil" | "guardian" | "teacher" | "staff")[] | never | Unknown;
  /**
   * Categories of the catalog, as dotted paths (education.results). DPV: dpv:PersonalData.
   */
  categories: string[] | never | Unknown;
  /**
   * Which secrecy covers it. DPV: dpv:ProfessionalConfidentialData.
   */
  secrecy?: "none" | "discretion" | "secret" | "unknown";
  /**
   * How many persons. DPV: dpv:DataSubjectScale.
   */
  population?: number | Unknown;
  /**
   * Its columns, as far as they matter to identify.
   */
  fields?:
    | {
        /**
         * Its name.
         */
        name: string | Unknown;
        /**
         * What it does to identify.
         */
        role?: "identifier" | "pseudonym" | "quasi_identifier" | "sensitive" | "other" | "unknown";
        /**
         * A category of the catalog.
         */
        category?: string | Unknown;
        /**
         * How many values it takes.
         */
        distinct?: number | Unknown;
        /**
         * For a pseudonym: what it is computed from (an identifier, a name); none: it is random. DPV: dpv:FullyRandomisedPseudonymisation.
         */
        derived_from?: string | "none" | Unknown;
        /**
         * For a pseudonym: the organisation that can undo it; false: nobody.
         */
        key_held_by?: string | No | Unknown;
        /**
         * For a pseudonym: whether a person keeps it from year to year.
         */
        reused_across_years?: boolean | Unknown;
      }[]
    | never
    | Unknown;
  /**
   * How far persons can be told apart.
   */
  identifiability?: "identified" | "pseudonymised" | "anonymised" | "aggregated" | "unknown";
  /**
   * The dataset that re-identifies this one, wherever it is held; false: none exists.
   */
  pseudonym_table?: string | No | Unknown;
  /**
   * For special categories: the exception of GDPR 9(2) (gdpr.9.2.g); none: no exception. DPV: dpv:SpecialCategoryPersonalData.
   */
  art9_exception?: string | "none" | Unknown;
  /**
   * For the NIR: the text that allows it here; false: none does. DPV: dpv:Law.
   */
  nir_text?: string | No | Unknown;
  /**
   * Whether it ranks pupils or classes.
   */
  ranking?: boolean | Unknown;
  /**
   * Whether it is a public archive.
   */
  public_archive?: boolean | Unknown;
  /**
   * Aggregates: published to whom; false: not published.
   */
  published?: string | string[] | boolean | false | Unknown;
}
/**
 * A thing that stores, processes, moves or protects data.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "asset".
 */
export interface Asset {
  /**
   * What people call it.
   */
  title?: Title | Unknown;
  /**
   * What it is.
   */
  kind:
    | "object_store"
    | "database"
    | "file_share"
    | "block_volume"
    | "snapshot"
    | "backup_vault"
    | "queue"
    | "stream"
    | "search_index"
    | "cache"
    | "log_store"
    | "monitoring"
    | "server"
    | "cluster"
    | "container_service"
    | "function"
    | "analytics"
    | "ai_service"
    | "email"
    | "identity_directory"
    | "cdn"
    | "dns"
    | "load_balancer"
    | "key"
    | "saas"
    | "endpoint"
    | "account"
    | "other"
    | "unknown";
  /**
   * The organisation that runs the machines.
   */
  operator: string | Unknown;
  /**
   * The organisation that runs the service on them; false: the operator does.
   */
  run_by?: string | No | Unknown;
  /**
   * The offer of the operator that it is bought under.
   */
  offer?: string | No | Unknown;
  /**
   * Where it is declared to be. DPV: dpv:StorageLocation.
   */
  place?: Place | Unknown;
  /**
   * The datasets kept here. DPV: dpv:Store.
   */
  holds?: string[] | never | Unknown;
  /**
   * The datasets worked on here without being kept. DPV: dpv:Use.
   */
  processes?: string[] | never | Unknown;
  /**
   * How it is encrypted; false: it is not. DPV: dpv:Encryption.
   */
  encryption?:
    | {
        /**
         * Where it rests. DPV: dpv:EncryptionAtRest.
         */
        at_rest?: boolean | Unknown;
        /**
         * On the way. DPV: dpv:EncryptionInTransfer.
         */
        in_transit?: boolean | Unknown;
        /**
         * Before it leaves for the provider. DPV: dpv:EndToEndEncryption.
         */
        client_side?: boolean | Unknown;
        /**
         * Who holds the keys. DPV: dpv:CryptographicKeyManagement.
         */
        key_manager?: "none" | "provider" | "customer" | "external" | "unknown";
        /**
         * The account that holds the key.
         */
        key_account?: string | No | Unknown;
      }
    | never
    | Unknown;
  /**
   * Whether anyone on the internet can read it. DPV: dpv:PublicLocation.
   */
  public?: boolean | Unknown;
  /**
   * Who may read it. DPV: dpv:AccessControlMethod.
   */
  access?:
    | {
        /**
         * The roles that may.
         */
        roles?: string[] | never | Unknown;
        /**
         * Whether a rule lets anyone of a kind in.
         */
        wildcard?: boolean | Unknown;
        /**
         * Accounts of others that may.
         */
        outside_accounts?: string[] | never | Unknown;
      }
    | Unknown;
  /**
   * Whether reads are logged. DPV: dpv:LoggingPolicy.
   */
  access_log?: boolean | Unknown;
  /**
   * Whether the provider’s staff can read it.
   */
  provider_access?: "none" | "approved" | "logged" | "free" | "unknown";
  /**
   * How long it is kept here, as enforced; false: for ever. DPV: dpv:StorageDuration.
   */
  retention?: string | No | Unknown;
  /**
   * The account, subscription or project that holds it.
   */
  account?: string | No | Unknown;
  /**
   * How to recognise it in what is observed: any of these.
   */
  match?:
    | {
        /**
         * The kind of source to look in.
         */
        source: ("aws" | "azure" | "s3" | "terraform" | "cloudformation" | "arm" | "kubernetes") | Unknown;
        /**
         * Tags that it carries, all of them.
         */
        tags?:
          | {
              [k: string]: string;
            }
          | Unknown;
        /**
         * Its name.
         */
        name?: string | Unknown;
        /**
         * Its ARN.
         */
        arn?: string | Unknown;
        /**
         * Its id: an Azure resource id, an s3:// address.
         */
        id?: string | Unknown;
        /**
         * Its Terraform address or logical id.
         */
        address?: string | Unknown;
        /**
         * The account, subscription or project that holds it.
         */
        account?: string | Unknown;
        /**
         * The region that it is in.
         */
        region?: string | Unknown;
        /**
         * Its kind.
         */
        kind?: string | Unknown;
      }[]
    | never
    | Unknown;
  /**
   * Its public addresses.
   */
  endpoints?: string[] | never | Unknown;
  /**
   * Where its access logs are kept.
   */
  access_log_places?: Place[] | never | Unknown;
  /**
   * Whether what the provider’s staff does is logged.
   */
  provider_access_log?: boolean | Unknown;
  /**
   * Whether people reach the service here. DPV: tech:Networking.
   */
  entry_point?: boolean | Unknown;
  /**
   * Trackers that it sets on whoever visits. DPV: dpv:ServiceUsageAnalytics.
   */
  trackers?:
    | {
        /**
         * Its name.
         */
        name: string | Unknown;
        /**
         * Whether it is set only after consent. DPV: dpv:Consent.
         */
        consent?: boolean | Unknown;
        /**
         * Whether it needs none: strictly necessary, or measuring within the exemption.
         */
        exempt?: boolean | Unknown;
      }[]
    | never
    | Unknown;
  /**
   * Whether it is an online service of an administration to the public.
   */
  teleservice?: boolean | Unknown;
  /**
   * Its security approval (décret 2010-112, art. 5); false: there is none. DPV: dpv:SecurityAssessment.
   */
  homologation?:
    | {
        /**
         * The day it was signed.
         */
        dated?: PartialDate | No | Unknown;
        /**
         * Its last day.
         */
        expires?: PartialDate | No | Unknown;
      }
    | No
    | Unknown;
  /**
   * Whether the archives administration signed for what is destroyed here.
   */
  visa?: boolean | Unknown;
  /**
   * For a key: who runs it, and where else it is.
   */
  key_facts?:
    | {
        /**
         * Who holds it.
         */
        manager?: "provider" | "customer" | "external" | "unknown";
        /**
         * Where it was made: a key service, an HSM, an external store.
         */
        origin?: string | Unknown;
        /**
         * The seat of whoever holds it.
         */
        owner_country?: Country | Unknown;
        /**
         * Where copies of it are.
         */
        replicas?: Place[] | never | Unknown;
      }
    | Unknown;
}
/**
 * A dataset moving from one asset to another. DPV: dpv:Transfer.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "flow".
 */
export interface Flow {
  /**
   * Its name, unique in the manifest.
   */
  id: string;
  /**
   * An asset, or schools, families or internet. DPV: dpv:DataSource.
   */
  from: string | Unknown;
  /**
   * An asset, or schools, families or internet.
   */
  to: string | Unknown;
  /**
   * What moves.
   */
  datasets: string[] | never | Unknown;
  /**
   * The organisation that receives it; false: nobody new. DPV: dpv:Recipient.
   */
  recipient?: string | No | Unknown;
  /**
   * How the data gets there.
   */
  kind?: "copy" | "remote_access" | "support" | "administration" | "unknown";
  /**
   * Whether it feeds a directory: a roster, accounts. DPV: dpv:IdentityManagementMethod.
   */
  directory?: boolean | Unknown;
  /**
   * How often: systematic, occasional… DPV: dpv:Frequency.
   */
  frequency?: string | Unknown;
  /**
   * What this flow rests on when it leaves the EEA: wins over the organisation’s.
   */
  transfer?: Transfer | never | Unknown;
}
/**
 * What a transfer to a third country rests on (GDPR chapter V).
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "transfer".
 */
export interface Transfer {
  /**
   * The tool.
   */
  tool?: "none" | "scc" | "bcr" | "derogation" | "unknown";
  /**
   * When the transfer impact assessment was made. DPV: dpv:DataTransferImpactAssessment.
   */
  tia?: PartialDate | "none" | Unknown;
  /**
   * Supplementary measures. DPV: eu-gdpr:SupplementaryMeasure.
   */
  measures?: string[] | never | Unknown;
  /**
   * For a derogation: the ground of article 49.
   */
  ground?:
    | "none"
    | "gdpr.49.1.a"
    | "gdpr.49.1.b"
    | "gdpr.49.1.c"
    | "gdpr.49.1.d"
    | "gdpr.49.1.e"
    | "gdpr.49.1.f"
    | "gdpr.49.1.g"
    | "gdpr.49.1.compelling"
    | "unknown";
}
/**
 * A processing activity (GDPR 30). DPV: dpv:Process.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "activity".
 */
export interface Activity {
  /**
   * What people call it.
   */
  title?: Title | Unknown;
  /**
   * The organisation that decides. DPV: dpv:hasDataController.
   */
  controller: string | Unknown;
  /**
   * Organisations that decide with it (GDPR 26). DPV: dpv:JointDataControllers.
   */
  joint_controllers?: string[] | never | Unknown;
  /**
   * The day or the document of their arrangement; false: none.
   */
  joint_arrangement?: string | No | Unknown;
  /**
   * When it began; false: not yet.
   */
  started?: PartialDate | No | Unknown;
  /**
   * Purposes of the catalog, as dotted paths (education.assessment). DPV: dpv:Purpose.
   */
  purposes?: string[] | never | Unknown;
  /**
   * Its basis in GDPR 6(1); none: no basis. DPV: dpv:LegalBasis.
   */
  legal_basis?:
    "none" | "gdpr.6.1.a" | "gdpr.6.1.b" | "gdpr.6.1.c" | "gdpr.6.1.d" | "gdpr.6.1.e" | "gdpr.6.1.f" | "unknown";
  /**
   * The national text that it rests on. DPV: dpv:Law.
   */
  legal_text?: string | No | Unknown;
  /**
   * The datasets that it uses.
   */
  datasets: string[] | never | Unknown;
  /**
   * How long the data is declared to be kept; false: no limit.
   */
  retention?:
    | {
        /**
         * The period. DPV: dpv:StorageDuration.
         */
        period?: string | No | Unknown;
      }
    | never
    | Unknown;
  /**
   * What people were told; false: nothing. DPV: dpv:PrivacyNotice.
   */
  notice?:
    | {
        /**
         * Whether parents were told, or the day they were.
         */
        guardians?: boolean | PartialDate | false | Unknown;
        /**
         * Where it is published.
         */
        url?: string | No | Unknown;
        /**
         * Whether it names who receives the data.
         */
        lists_recipients?: boolean | Unknown;
        /**
         * Whether it names transfers to third countries.
         */
        lists_transfers?: boolean | Unknown;
      }
    | never
    | Unknown;
  /**
   * Whether people can use their rights; false: they cannot. DPV: dpv:DataSubjectRight.
   */
  rights?:
    | {
        /**
         * Whether there is a way to see the data. DPV: eu-gdpr:A15.
         */
        access?: boolean | Unknown;
        /**
         * Whether there is a way to correct it. DPV: eu-gdpr:A16.
         */
        rectification?: boolean | Unknown;
        /**
         * Whether parents can use them for a child.
         */
        guardians?: boolean | Unknown;
      }
    | No
    | Unknown;
  /**
   * How to object: an address, a form; false: there is no way. DPV: eu-gdpr:A21.
   */
  objection_route?: string | boolean | false | Unknown;
  /**
   * The data protection impact assessment; false: none was made. DPV: dpv:DPIA.
   */
  dpia?:
    | {
        /**
         * When.
         */
        dated?: PartialDate | No | Unknown;
        /**
         * Whether it covers this hosting.
         */
        covers_hosting?: boolean | Unknown;
        /**
         * Whether it weighs other hosts.
         */
        alternatives?: boolean | Unknown;
        /**
         * Why none is needed: a text, a list of the authority; false: no reason.
         */
        exemption?: string | No | Unknown;
      }
    | No
    | Unknown;
  /**
   * Classification under article 31 of the French law 2024-449.
   */
  sren31?:
    | {
        /**
         * Whether a signed classification says that the data is particularly sensitive.
         */
        classified?: boolean | Unknown;
        /**
         * Last day of a signed derogation; false: there is none.
         */
        derogation?: PartialDate | No | Unknown;
      }
    | never
    | Unknown;
  /**
   * Getting the data back and deleted at the end; false: not planned.
   */
  reversibility?:
    | {
        /**
         * Whether it is planned.
         */
        planned?: boolean | Unknown;
        /**
         * Whether it was tried.
         */
        tested?: boolean | Unknown;
      }
    | never
    | Unknown;
  /**
   * Decisions or scores that a machine makes; false: none. DPV: dpv:AutomatedDecisionMaking.
   */
  automated_decisions?:
    | {
        /**
         * Whether there are any.
         */
        used?: boolean | Unknown;
        /**
         * Whether people are told.
         */
        declared?: boolean | Unknown;
        /**
         * Whether it is said how they are made.
         */
        explained?: boolean | Unknown;
        /**
         * Whether a person can change them. DPV: dpv:HumanInvolvementForVerification.
         */
        human_review?: boolean | Unknown;
        /**
         * Whether emotions are inferred.
         */
        emotion_recognition?: boolean | Unknown;
      }
    | never
    | Unknown;
  /**
   * Where it rests on consent: what for; false: it does not. DPV: dpv:Consent.
   */
  consent?:
    | {
        /**
         * Whether it is for an online service offered to a child.
         */
        online_service?: boolean | Unknown;
        /**
         * Whether below 15 the child and a parent consent together.
         */
        joint_under_15?: boolean | Unknown;
      }
    | No
    | Unknown;
  /**
   * Whether someone who decided has since joined a provider.
   */
  decision_maker_joined_provider?: boolean | Unknown;
  /**
   * Whether it is in the register of GDPR 30. DPV: dpv:DataProcessingRecord.
   */
  in_register?: boolean | Unknown;
}
/**
 * A statement about the data by a named party, with its source.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "claim".
 */
export interface Claim {
  /**
   * A dataset, an asset, an organisation or an activity.
   */
  about: string | Unknown;
  /**
   * What it says.
   */
  says:
    | {
        /**
         * How far persons can be told apart.
         */
        identifiability?: "identified" | "pseudonymised" | "anonymised" | "aggregated" | "unknown";
        /**
         * Categories that it says are in the data.
         */
        contains?: string | string[] | Unknown;
        /**
         * Whether it can reach names.
         */
        access_to_identities?: boolean | Unknown;
        /**
         * Where the data is.
         */
        place?: Place | Country | Unknown;
        /**
         * Whether it uses the data for itself.
         */
        own_use?: boolean | Unknown;
        /**
         * Whether people were told.
         */
        informed?: boolean | Unknown;
      }
    | Unknown;
  /**
   * Who says so.
   */
  by: string | Unknown;
  /**
   * When.
   */
  on?: PartialDate | Unknown;
  /**
   * Where: press, leaflet, letter, hearing…
   */
  source?: string | Unknown;
  /**
   * Title, address or file.
   */
  ref?: string | Unknown;
}
/**
 * A signed, dated, expiring answer to what no machine can see.
 *
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "attestation".
 */
export interface Attestation {
  /**
   * The rule that it answers.
   */
  rule: string;
  /**
   * What it is about: a name of this manifest, DATASET@ASSET, or the id of something observed.
   */
  subject: string;
  /**
   * The answer.
   */
  answer?: "yes" | "no" | "unknown";
  /**
   * Who signed. Unsigned, it counts for nothing.
   */
  signed_by?: string | No | Unknown;
  /**
   * When. Undated, it counts for nothing.
   */
  signed_on?: PartialDate | No | Unknown;
  /**
   * Its last day. Expired, it counts for nothing.
   */
  expires?: PartialDate | No | Unknown;
  /**
   * What it rests on.
   */
  evidence?:
    | {
        /**
         * Its name.
         */
        file?: string | Unknown;
        /**
         * Its SHA-256.
         */
        sha256?: string | Unknown;
      }
    | string
    | No
    | Unknown;
}
