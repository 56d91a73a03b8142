using System.Collections.Immutable;
using Infra.Arguments;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>
/// What a claim's template says, in the words of a patch: all of it, as a patch makes the claim where there is none. A template that is an output stays one.
/// </summary>
internal static class ClaimPatch
{
    /// <summary>The claim that the controller would make from a template.</summary>
    /// <param name="name">The claim's name.</param>
    /// <param name="template">The template.</param>
    /// <param name="scope">Where the set is, and the labels that it gives to its claims.</param>
    public static PersistentVolumeClaimPatchArgs Of(string name, PersistentVolumeClaimArgs template, WorkloadScope scope) => new()
    {
        Metadata = Metadata(name, template.Metadata ?? new ObjectMetaArgs(), scope),
        Spec = Changed(template.Spec, Spec),
    };

    private static Input<ObjectMetaPatchArgs> Metadata(string name, Input<ObjectMetaArgs> template, WorkloadScope scope) => template.Apply(given =>
    {
        var copy = ShallowCopy.Of(given);
        var meta = new ObjectMetaPatchArgs
        {
            Name = name,
            // As the controller does: its selector's labels go before the template's.
            Labels = copy.Labels.Apply(labels => labels.SetItems(scope.Labels.Selector)),
            Annotations = copy.Annotations.Apply(annotations => annotations.SetItem(AwaitAnnotation.Force.Key, AwaitAnnotation.Force.Value).SetItem(AwaitAnnotation.Skip.Key, AwaitAnnotation.Skip.Value)),
        };
        if (scope.Namespace is not null)
        {
            meta.Namespace = scope.Namespace;
        }

        return meta;
    });

    private static PersistentVolumeClaimSpecPatchArgs Spec(PersistentVolumeClaimSpecArgs template)
    {
        var copy = ShallowCopy.Of(template);
        var spec = new PersistentVolumeClaimSpecPatchArgs
        {
            DataSource = Changed(copy.DataSource, source => new TypedLocalObjectReferencePatchArgs { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name }),
            DataSourceRef = Changed(copy.DataSourceRef, source => new TypedObjectReferencePatchArgs { ApiGroup = source.ApiGroup, Kind = source.Kind, Name = source.Name, Namespace = source.Namespace }),
            Resources = Changed(copy.Resources, Resources),
            Selector = Changed(copy.Selector, Selector),
            StorageClassName = copy.StorageClassName,
            VolumeAttributesClassName = copy.VolumeAttributesClassName,
            VolumeMode = copy.VolumeMode,
            VolumeName = copy.VolumeName,
        };
        Take(copy.AccessModes, modes => spec.AccessModes = modes);
        return spec;
    }

    private static VolumeResourceRequirementsPatchArgs Resources(VolumeResourceRequirementsArgs template)
    {
        var (copy, resources) = (ShallowCopy.Of(template), new VolumeResourceRequirementsPatchArgs());
        Take(copy.Requests, requests => resources.Requests = requests);
        Take(copy.Limits, limits => resources.Limits = limits);
        return resources;
    }

    private static LabelSelectorPatchArgs Selector(LabelSelectorArgs template)
    {
        var (copy, selector) = (ShallowCopy.Of(template), new LabelSelectorPatchArgs());
        Take(copy.MatchLabels, labels => selector.MatchLabels = labels);
        Take(copy.MatchExpressions, expressions => selector.MatchExpressions = expressions.Apply(all => all.Select(Requirement).ToImmutableArray()));
        return selector;
    }

    private static LabelSelectorRequirementPatchArgs Requirement(LabelSelectorRequirementArgs template)
    {
        var copy = ShallowCopy.Of(template);
        var requirement = new LabelSelectorRequirementPatchArgs { Key = copy.Key, Operator = copy.Operator };
        Take(copy.Values, values => requirement.Values = values);
        return requirement;
    }

    private static Input<TAfter>? Changed<TBefore, TAfter>(Input<TBefore>? input, Func<TBefore, TAfter> change) => input is null ? null : (Input<TAfter>)input.Apply(change);

    /// <summary>A list that was not set would stand in the object as an empty one.</summary>
    private static void Take<T>(InputList<T> list, Action<InputList<T>> set)
    {
        if (!Known.TryGet(list, out var items) || items is { IsDefaultOrEmpty: false })
        {
            set(list);
        }
    }

    private static void Take<T>(InputMap<T> map, Action<InputMap<T>> set)
    {
        if (!Known.TryGet(map, out var entries) || entries is { IsEmpty: false })
        {
            set(map);
        }
    }
}
