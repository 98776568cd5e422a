variable "project" {
  description = "The project's id."
  type        = string
}

variable "location" {
  description = "The region of endpoints, store and registry."
  type        = string
}

variable "environment" {
  description = "The environment of ml-deploy.yml, such as dev or prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,7}$", var.environment))
    error_message = "environment: use lower-case letters, digits and hyphens, 8 at most: names of service accounts are short."
  }
}

variable "endpoint_name" {
  description = "The endpoint that models are released to."
  type        = string
}

variable "repository" {
  description = "The GitHub repository whose jobs may release, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository: give it as owner/name."
  }
}

variable "repository_owner_id" {
  description = "The number of the repository's owner (gh api users/OWNER --jq .id). A name can be taken over, a number cannot."
  type        = string

  validation {
    condition     = can(regex("^[0-9]+$", var.repository_owner_id))
    error_message = "repository_owner_id: give the number."
  }
}

variable "branches" {
  description = "The branches whose jobs may release."
  type        = list(string)

  validation {
    condition     = length(var.branches) > 0
    error_message = "branches: name one. Nobody could release otherwise."
  }
}

variable "bucket_name" {
  description = "The artifact store. Default: PROJECT-ml-deploy-ENVIRONMENT."
  type        = string
  default     = null
}

variable "kms_key_name" {
  description = "A key of Cloud KMS for bucket and registry. Default: Google's own."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "How long the logs of endpoints are kept."
  type        = number
  default     = 365
}

variable "access_log_bucket" {
  description = "The bucket for the access logs of the store; none without it."
  type        = string
  default     = null
}

variable "alarm_emails" {
  description = "Who is told when an alarm goes off."
  type        = list(string)
  default     = []
}

variable "max_errors_per_second" {
  description = "Server errors a second before the alarm goes off."
  type        = number
  default     = 0.1
}

variable "max_p99_ms" {
  description = "The slowest that 99 of 100 requests may be, in milliseconds."
  type        = number
  default     = 1000
}

variable "labels" {
  description = "Labels of everything that takes labels."
  type        = map(string)
  default     = {}
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
