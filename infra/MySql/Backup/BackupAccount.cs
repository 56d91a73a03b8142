using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Rbac.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.MySql;

/// <summary>The ServiceAccount of pods that ask the API server, with a Role of their own. A pod has its token only where the pod itself says so.</summary>
internal sealed class BackupAccount
{
    private const string Api = "rbac.authorization.k8s.io";

    /// <summary>Registers the account, the role, and that the one has the other.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="objectName">The name of all three.</param>
    /// <param name="scope">What the pods' objects share.</param>
    /// <param name="rules">What the pods may do.</param>
    /// <param name="options">The resources' options.</param>
    public BackupAccount(string name, string objectName, WorkloadScope scope, PolicyRuleArgs[] rules, CustomResourceOptions options)
    {
        Name = objectName;
        var account = new ServiceAccount(name, new ServiceAccountArgs { Metadata = scope.Named(objectName), AutomountServiceAccountToken = false }, options);
        var role = new Role(name, new RoleArgs { Metadata = scope.Named(objectName), Rules = rules }, options);
        Binding = new RoleBinding(
            name,
            new RoleBindingArgs
            {
                Metadata = scope.Named(objectName),
                RoleRef = new RoleRefArgs { ApiGroup = Api, Kind = "Role", Name = objectName },
                Subjects = { new SubjectArgs { Kind = "ServiceAccount", Name = objectName, Namespace = WorkloadScope.NamespaceOf(account.Metadata) } },
            },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { account, role } }));
    }

    /// <summary>The account's name.</summary>
    public string Name { get; }

    /// <summary>That the account may do what it is for; made last.</summary>
    public RoleBinding Binding { get; }
}
