# Nothing of Azure is asked: the provider is a mock with the real schema.
mock_provider "azurerm" {}

variables {
  location        = "westeurope"
  tenant_id       = "00000000-0000-0000-0000-000000000001"
  subscription_id = "00000000-0000-0000-0000-000000000002"
  environment     = "dev"
  endpoint_name   = "churn"
  short_name      = "acmechurn"
  repository      = "acme/churn"
  repository_ids  = { owner = 12, name = 34 }
  branches        = ["main"]
}

run "trusts_one_repository_on_its_branches" {
  command = plan

  assert {
    condition     = toset([for credential in azurerm_federated_identity_credential.github : credential.subject]) == toset(["repo:acme/churn:ref:refs/heads/main", "repo:acme@12/churn@34:ref:refs/heads/main"])
    error_message = "Another repository or branch could take the roles."
  }

  assert {
    condition     = !contains(azurerm_role_definition.job["plan"].permissions[0].actions, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write")
    error_message = "A plan may change endpoints."
  }

  assert {
    condition     = toset(keys(azurerm_role_definition.scaling)) == toset(["plan", "release"]) && tolist(azurerm_role_definition.scaling["plan"].permissions[0].actions) == tolist(["Microsoft.Insights/autoscaleSettings/read"])
    error_message = "A plan may change autoscaling, or a smoke test may see it."
  }

  assert {
    condition     = alltrue([for role in azurerm_role_definition.job : !anytrue([for action in role.permissions[0].actions : startswith(action, "Microsoft.Insights/autoscaleSettings/")])])
    error_message = "A role of the workspace has what is not in the workspace."
  }

  assert {
    condition     = !azurerm_container_registry.serving.admin_enabled && !azurerm_storage_account.store.allow_nested_items_to_be_public
    error_message = "The registry has a password, or the store can be public."
  }
}

run "can_be_closed_to_the_internet" {
  command = plan

  variables {
    public_network_access = false
  }

  assert {
    condition     = !azurerm_storage_account.store.public_network_access_enabled && !azurerm_machine_learning_workspace.this.public_network_access_enabled
    error_message = "It is reached from the internet."
  }
}

run "refuses_a_repository_without_an_owner" {
  command = plan

  variables {
    repository = "churn"
  }

  expect_failures = [var.repository]
}
