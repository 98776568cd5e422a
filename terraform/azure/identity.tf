locals {
  name = "ml-deploy-${var.endpoint_name}-${var.environment}"
  tags = merge(var.tags, { environment = var.environment })

  owner = split("/", var.repository)[0]
  repo  = split("/", var.repository)[1]
  bases = concat(
    ["repo:${var.repository}"],
    var.repository_ids == null ? [] : ["repo:${local.owner}@${var.repository_ids.owner}/${local.repo}@${var.repository_ids.name}"],
  )
  # Azure compares the whole sub, so that each form of it is a credential of its own.
  subjects = flatten([for base in local.bases : [for branch in var.branches : "${base}:ref:refs/heads/${branch}"]])

  # The roles are made from docs/iam/azure of ml-deploy (npm run docs).
  # Settings of autoscaling lie in the resource group, beside the workspace: what concerns them is a role of its own.
  roles   = { for job in ["plan", "release", "smoke"] : job => jsondecode(file("${path.module}/roles/${job}.json")) }
  scaling = { for job, role in local.roles : job => [for action in role.actions : action if startswith(action, "Microsoft.Insights/autoscaleSettings/")] }
  # Quotas belong to the subscription, which no role of this group reaches: a plan says that it did not check them.
  quotas      = { for job, role in local.roles : job => [for action in role.actions : action if startswith(action, "Microsoft.MachineLearningServices/locations/")] }
  scalers     = { for job, actions in local.scaling : job => actions if length(actions) > 0 }
  credentials = merge([for job in keys(local.roles) : { for index, subject in local.subjects : "${job}-${index}" => { job = job, subject = subject } }]...)
}

resource "azurerm_resource_group" "this" {
  name     = local.name
  location = var.location
  tags     = local.tags
}

resource "azurerm_user_assigned_identity" "job" {
  for_each = local.roles

  name                = "${local.name}-${each.key}"
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "github" {
  for_each = local.credentials

  name                = "github-${each.key}"
  resource_group_name = azurerm_resource_group.this.name
  parent_id           = azurerm_user_assigned_identity.job[each.value.job].id
  issuer              = "https://token.actions.githubusercontent.com"
  audience            = ["api://AzureADTokenExchange"]
  subject             = each.value.subject
}

resource "azurerm_role_definition" "job" {
  for_each = local.roles

  name              = "${each.value.name} (${local.name})"
  description       = each.value.description
  scope             = azurerm_machine_learning_workspace.this.id
  assignable_scopes = [azurerm_machine_learning_workspace.this.id]

  permissions {
    actions      = setsubtract(each.value.actions, concat(local.scaling[each.key], local.quotas[each.key]))
    data_actions = each.value.dataActions
  }
}

resource "azurerm_role_assignment" "job" {
  for_each = local.roles

  scope              = azurerm_machine_learning_workspace.this.id
  role_definition_id = azurerm_role_definition.job[each.key].role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.job[each.key].principal_id
}

resource "azurerm_role_definition" "scaling" {
  for_each = local.scalers

  name              = "${local.roles[each.key].name}, autoscaling (${local.name})"
  description       = "Settings of autoscaling of online endpoints"
  scope             = azurerm_resource_group.this.id
  assignable_scopes = [azurerm_resource_group.this.id]

  permissions {
    actions = each.value
  }
}

resource "azurerm_role_assignment" "scaling" {
  for_each = local.scalers

  scope              = azurerm_resource_group.this.id
  role_definition_id = azurerm_role_definition.scaling[each.key].role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.job[each.key].principal_id
}

# What the container runs as: it reads the store and pulls images.
resource "azurerm_user_assigned_identity" "serving" {
  name                = "${local.name}-serving"
  resource_group_name = azurerm_resource_group.this.name
  location            = var.location
  tags                = local.tags
}

# The release passes this one identity on, and no other.
resource "azurerm_role_assignment" "operator" {
  scope                = azurerm_user_assigned_identity.serving.id
  role_definition_name = "Managed Identity Operator"
  principal_id         = azurerm_user_assigned_identity.job["release"].principal_id
}

locals {
  grants = {
    release-store   = { scope = azurerm_storage_container.store.resource_manager_id, role = "Storage Blob Data Contributor", principal = azurerm_user_assigned_identity.job["release"].principal_id }
    plan-store      = { scope = azurerm_storage_container.store.resource_manager_id, role = "Storage Blob Data Reader", principal = azurerm_user_assigned_identity.job["plan"].principal_id }
    smoke-store     = { scope = azurerm_storage_container.store.resource_manager_id, role = "Storage Blob Data Contributor", principal = azurerm_user_assigned_identity.job["smoke"].principal_id }
    serving-store   = { scope = azurerm_storage_container.store.resource_manager_id, role = "Storage Blob Data Reader", principal = azurerm_user_assigned_identity.serving.principal_id }
    release-images  = { scope = azurerm_container_registry.serving.id, role = "AcrPush", principal = azurerm_user_assigned_identity.job["release"].principal_id }
    serving-images  = { scope = azurerm_container_registry.serving.id, role = "AcrPull", principal = azurerm_user_assigned_identity.serving.principal_id }
    serving-metrics = { scope = azurerm_machine_learning_workspace.this.id, role = "AzureML Metrics Writer (preview)", principal = azurerm_user_assigned_identity.serving.principal_id }
  }
}

resource "azurerm_role_assignment" "grant" {
  for_each = local.grants

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = each.value.principal
}
