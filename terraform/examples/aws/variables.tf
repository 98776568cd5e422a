variable "account" {
  description = "The AWS account. Any other is refused."
  type        = string
}

variable "region" {
  description = "The AWS region."
  type        = string
}

variable "environment" {
  description = "The environment of ml-deploy.yml."
  type        = string
}

variable "endpoint_name" {
  description = "The endpoint."
  type        = string
}

variable "repository" {
  description = "The GitHub repository, as owner/name."
  type        = string
}

variable "repository_ids" {
  description = "The numbers of owner and repository."
  type        = object({ owner = number, name = number })
  default     = null
}

variable "branches" {
  description = "The branches whose jobs may release."
  type        = list(string)
  default     = []
}

variable "github_environments" {
  description = "The environments of GitHub whose jobs may release."
  type        = list(string)
  default     = []
}

variable "ml_deploy_ref" {
  description = "The release of ml-deploy that your workflows call: an exact tag, or a SHA."
  type        = string
}

variable "job_workflow_refs" {
  description = "Further workflows that may take the roles."
  type        = list(string)
  default     = []
}

variable "oidc_provider_arn" {
  description = "The account's OIDC provider of GitHub, where it has one."
  type        = string
  default     = null
}

variable "alarm_emails" {
  description = "Who is told when an alarm goes off."
  type        = list(string)
  default     = []
}

variable "bootstrap" {
  description = "The first model, where Terraform makes the endpoint."
  type = object({
    image          = string
    model_data_url = string
    instance_type  = string
    instance_count = optional(number, 1)
  })
  default = null
}

variable "autoscaling" {
  description = "Scaling of the endpoint that Terraform made."
  type = object({
    min_capacity             = number
    max_capacity             = number
    invocations_per_instance = number
  })
  default = null
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
}
