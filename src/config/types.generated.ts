// Generated from config-v1.schema.json by scripts/schema.ts: do not edit.

/**
 * Configuration of Bercail (config/v1): what to read, what to judge it by. Paths are relative to this file.
 */
export interface Config {
  /**
   * The format of this file.
   */
  bercail: "config/v1";
  /**
   * Judge with the law of this day. Default: today.
   */
  as_of?: string;
  /**
   * A policy file, or the name of a built-in policy.
   */
  policy?: string;
  /**
   * Language of what people read.
   */
  language?: "fr" | "en";
  /**
   * Manifests, as paths that may hold * and **.
   *
   * Items: A path.
   */
  manifests?: string[];
  /**
   * File of waivers.
   */
  waivers?: string;
  /**
   * File of signed answers to what no machine can see.
   */
  attestations?: string;
  /**
   * File of known findings: only what is new is reported.
   */
  baseline?: string;
  /**
   * Rule packs of your own, by name.
   */
  packs?: {
    /**
     * A folder, pinned or not.
     */
    [k: string]:
      | string
      | {
          /**
           * The folder.
           */
          path: string;
          /**
           * Its digest.
           */
          sha256?: string;
        };
  };
  /**
   * What to read.
   *
   * Items: One source.
   */
  sources?: (
    | {
        /**
         * An AWS account or organisation.
         */
        aws: {
          /**
           * Profile of the shared AWS configuration.
           */
          profile?: string;
          /**
           * Whether to go through every account of the organisation.
           */
          organization?: boolean;
          /**
           * Role to take in each account.
           */
          role?: string;
          /**
           * External id that the role asks for.
           */
          external_id?: string;
          /**
           * Region to ask from; default: that of the environment or of the profile.
           */
          region?: string;
          /**
           * Regions to read: all, or a list of codes. Those left out are reported as not read.
           */
          regions?: "all" | string[];
          /**
           * Services to read: all, or a list of names. Those left out are reported as not read.
           */
          services?: "all" | string[];
          /**
           * Address that answers in the place of AWS.
           */
          endpoint?: string;
          /**
           * Seconds that a call may take with all its attempts. Default: 900.
           */
          timeout?: number;
        };
      }
    | {
        /**
         * An Azure tenant.
         */
        azure: {
          /**
           * Its id.
           */
          tenant?: string;
          /**
           * Subscriptions to read: all, or a list of ids or names. Those left out are reported as not read.
           */
          subscriptions?: "all" | string[];
          /**
           * Services to read: all, or a list of names. Those left out are reported as not read.
           */
          services?: "all" | string[];
          /**
           * Which of Microsoft’s clouds; default: that of the authority that signs in.
           */
          cloud?: "public" | "china" | "usgovernment";
          /**
           * Resource Manager that answers in the place of the cloud’s: a stack, a proxy. It is sent tokens made for it, never those of the cloud.
           */
          endpoint?: string;
          /**
           * What tokens for that endpoint are asked for, when it is not its address.
           */
          audience?: string;
          /**
           * Who signs the tokens; default: AZURE_AUTHORITY_HOST.
           */
          authority?: string;
        };
      }
    | {
        /**
         * An S3-compatible endpoint.
         */
        s3: {
          /**
           * Key of the provider in the catalog; default: the one that the host belongs to.
           */
          provider?: string;
          /**
           * Its address, without credentials.
           */
          endpoint: string;
          /**
           * Its region code at that provider, for an endpoint that does not say.
           */
          region?: string;
          /**
           * Profile of the shared AWS configuration.
           */
          profile?: string;
          /**
           * Of a server of one’s own (MinIO, Ceph, Garage): who runs it, by key or name of an organisation of a manifest.
           */
          operator?: string;
          /**
           * Of a server of one’s own: where it stands.
           */
          country?: string;
          /**
           * Seconds that a call may take with all its attempts. Default: 120.
           */
          timeout?: number;
        };
      }
    | {
        /**
         * A Terraform plan or state, and the code that it comes from.
         */
        terraform: {
          /**
           * JSON of the plan.
           */
          plan?: string;
          /**
           * JSON of the state.
           */
          state?: string;
          /**
           * Folder of the code.
           */
          root?: string;
          /**
           * A name of its own, where another source has the same addresses.
           */
          label?: string;
        };
      }
    | {
        /**
         * A CloudFormation template.
         */
        cloudformation: {
          /**
           * The template.
           */
          template: string;
          /**
           * File of parameters.
           */
          parameters?: string;
          /**
           * Region that it is deployed to.
           */
          region?: string;
          /**
           * Regions that a stack set deploys it to.
           *
           * Items: A region code.
           */
          regions?: string[];
          /**
           * Account that it is deployed to.
           */
          account?: string;
          /**
           * Name of the stack. Default: the end of the path of the template.
           */
          stack?: string;
          /**
           * Tags that the stack puts on all it creates.
           */
          tags?: {
            /**
             * A value.
             */
            [k: string]: string;
          };
        };
      }
    | {
        /**
         * An Azure Resource Manager template.
         */
        arm: {
          /**
           * The template.
           */
          template: string;
          /**
           * File of parameters.
           */
          parameters?: string;
          /**
           * Location of the resource group, or of the deployment.
           */
          location?: string;
          /**
           * Subscription that it is deployed to.
           */
          subscription?: string;
          /**
           * Name of the deployment. Default: the end of the path of the template.
           */
          stack?: string;
        };
      }
    | {
        /**
         * Kubernetes or compose manifests, or what Helm rendered.
         */
        kubernetes: {
          /**
           * The file, or a folder of them.
           */
          path: string;
          /**
           * Key in the catalog of the provider that runs the cluster.
           */
          provider?: string;
          /**
           * Region of the cluster.
           */
          region?: string;
          /**
           * Name of the cluster. Default: the end of the path.
           */
          cluster?: string;
        };
      }
    | {
        /**
         * A snapshot that collect wrote.
         */
        snapshot: string;
      }
    | {
        /**
         * A sample of data, measured where it is.
         */
        sample: {
          /**
           * The file.
           */
          path: string;
          /**
           * The dataset that it is a sample of.
           */
          dataset: string;
          /**
           * The asset that it was taken from.
           */
          asset?: string;
        };
      }
  )[];
}
