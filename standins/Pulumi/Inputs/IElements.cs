namespace Pulumi;

/// <summary>A list or map whose elements are inputs of their own, so that one of them may be unknown and the others not.</summary>
internal interface IElements
{
    IOutput Elements { get; }
}
