// In: the endpoints of api.ts. Out: an OpenAPI 3.1 document.
// Invariant: derived; nothing about an endpoint is written here.
import { z } from 'zod';
import { endpoints, type Endpoint } from './api.ts';

type Json = Record<string, unknown>;
const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;

/** The document that `GET /api/openapi.json` gives. */
export function openapi(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const [method = '', path = ''] = name.split(' ');
    const openPath = path.replace(/:(\w+)/g, '{$1}');
    paths[openPath] = { ...paths[openPath], [method.toLowerCase()]: operation(name, path, endpoint) };
  }
  return { openapi: '3.1.0', info: { title: '知微', version: '1' }, paths };
}

function operation(name: string, path: string, { summary, access, query, body, reply }: Endpoint): Json {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, id]) => ({ name: id, in: 'path', required: true, schema: { type: 'string' } }));
  const shape = query ? schemaOf(query, 'input') as { properties?: Record<string, Json>; required?: string[] } : {};
  const inQuery = Object.entries(shape.properties ?? {}).map(([key, schema]) => ({ name: key, in: 'query', required: shape.required?.includes(key) ?? false, schema }));
  return {
    operationId: name, summary, 'x-access': access, parameters: [...inPath, ...inQuery],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: { 200: { description: '成功', ...(reply && { content: { 'application/json': { schema: schemaOf(reply, 'output') } } }) }, default: { description: '错误：{error:{code,message,details?}}' } },
  };
}
