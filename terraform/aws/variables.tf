variable "environment" {
  description = "The environment of ml-deploy.yml that this is the place of, such as dev or prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.environment))
    error_message = "environment: use lower-case letters, digits and hyphens, 16 at most."
  }
}

variable "endpoint_name" {
  description = "The endpoint that models are released to. Versions and candidates are named after it."
  type        = string

  validation {
    condition     = length(var.endpoint_name) <= 52 && can(regex("^[a-zA-Z0-9](-*[a-zA-Z0-9])*$", var.endpoint_name))
    error_message = "endpoint_name: use letters, digits and inner hyphens, 52 at most: a candidate's name is 11 characters longer."
  }
}

variable "repository" {
  description = "The GitHub repository whose jobs may release, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository: give it as owner/name."
  }
}

variable "repository_ids" {
  description = "The numbers of the owner and of the repository (gh api repos/OWNER/NAME --jq '.owner.id, .id'). Repositories made since July 2026 have them in the sub of their tokens."
  type        = object({ owner = number, name = number })
  default     = null
}

variable "branches" {
  description = "The branches whose jobs may take the roles."
  type        = list(string)
  default     = []
}

variable "github_environments" {
  description = "The environments of GitHub whose jobs may take the roles (github-environment in ml-deploy.yml)."
  type        = list(string)
  default     = []
}

variable "ml_deploy_ref" {
  description = "The release of ml-deploy whose workflows may take the roles, as your workflows call it: an exact tag such as v1.2.3, or the SHA of its commit."
  type        = string
  default     = null

  validation {
    condition     = var.ml_deploy_ref == null ? true : can(regex("^(v[0-9]+[.][0-9]+[.][0-9]+|[0-9a-f]{40})$", var.ml_deploy_ref))
    error_message = "ml_deploy_ref: give an exact tag such as v1.2.3, or a SHA of 40 digits. A tag that moves, such as v1, trusts code that nobody has seen yet."
  }
}

variable "ml_deploy_repository" {
  description = "Where ml-deploy's workflows are called from: your fork or mirror, where you have one."
  type        = string
  default     = "org/ml-deploy"
}

variable "job_workflow_refs" {
  description = "Further workflows that may take every one of the roles, such as acme/churn/.github/workflows/score.yml@refs/heads/main."
  type        = list(string)
  default     = []
}

variable "any_workflow" {
  description = "Trusts every workflow of the repository on its branches and environments, also one that somebody adds."
  type        = bool
  default     = false
}

variable "one_role" {
  description = "Lets the release role pack models and push images too, for workflows that name no other role."
  type        = bool
  default     = false
}

variable "oidc_provider_arn" {
  description = "The account's OIDC provider of GitHub. An account has one: without this it is made here."
  type        = string
  default     = null
}

variable "session_seconds" {
  description = "How long a job may keep a role, in seconds (role-duration-seconds of deploy.yml)."
  type        = number
  default     = 3600

  validation {
    condition     = var.session_seconds >= 3600 && var.session_seconds <= 43200
    error_message = "session_seconds: AWS takes 3600 to 43200."
  }
}

variable "bucket_name" {
  description = "The artifact store. Default: ml-deploy-ACCOUNT-REGION-ENVIRONMENT."
  type        = string
  default     = null
}

variable "store_prefix" {
  description = "The prefix in the bucket. Default: the endpoint's name."
  type        = string
  default     = null
}

variable "image_repository" {
  description = "The ECR repository of serving images. Default: ENDPOINT-serving."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "A KMS key for bucket, registry, log groups and topic. Its policy must let S3, ECR, CloudWatch and SNS in. Default: AWS's own keys."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long the logs of the endpoint are kept."
  type        = number
  default     = 365
}

variable "alarm_emails" {
  description = "Who is told when an alarm goes off."
  type        = list(string)
  default     = []
}

variable "variant_name" {
  description = "The production variant that the alarms watch (variant-name in ml-deploy.yml)."
  type        = string
  default     = "main"
}

variable "max_errors_in_5_minutes" {
  description = "Server errors that the endpoint may give in five minutes before the alarm goes off."
  type        = number
  default     = 5
}

variable "max_p99_ms" {
  description = "The slowest the model may be for 99 of 100 requests, in milliseconds."
  type        = number
  default     = 1000
}

variable "bootstrap" {
  description = "Makes the endpoint with a first model, for teams whose rules want Terraform to make endpoints. Model and image must be there already. Without it ml-deploy makes the endpoint with the first release."
  type = object({
    image          = string
    model_data_url = string
    instance_type  = string
    instance_count = optional(number, 1)
  })
  default = null
}

variable "autoscaling" {
  description = "Scales the endpoint that bootstrap made. Without bootstrap, set min-capacity and max-capacity in ml-deploy.yml."
  type = object({
    min_capacity             = number
    max_capacity             = number
    invocations_per_instance = number
    scale_in_cooldown        = optional(number, 300)
    scale_out_cooldown       = optional(number, 60)
  })
  default = null

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.min_capacity <= var.autoscaling.max_capacity
    error_message = "autoscaling: min_capacity is larger than max_capacity."
  }
}

variable "lambda_api" {
  description = "Makes an HTTP API in front of the alias of a Lambda function, and the role that the function runs under. ml-deploy makes function and alias."
  type = object({
    function_name = string
    alias         = optional(string, "live")
    route         = optional(string, "POST /predict")
    burst         = optional(number, 50)
    rate          = optional(number, 20)
  })
  default = null
}

variable "tags" {
  description = "Tags of everything that is made here."
  type        = map(string)
  default     = {}
}
